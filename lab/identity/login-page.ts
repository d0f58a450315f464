/** The login form: plain HTML that needs no script. */
export function loginPage(action: string, failure?: { readonly login: string }): string {
  const alert =
    failure === undefined ? "" : `<p class="error" role="alert">The user name or the password is wrong.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in: the lab's identity provider</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 12vh auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
input { margin: 0.2rem 0 1rem; padding: 0.5rem; }
button { padding: 0.6rem; cursor: pointer; }
.error { border-left: 0.3rem solid; padding-left: 0.7rem; color: light-dark(#a40000, #ff9c9c); }
</style>
</head>
<body>
<main>
<h1>Log in to the lab</h1>
${alert}
<form method="post" action="${escape(action)}">
<label for="login">User name</label>
<input id="login" name="login" value="${escape(failure?.login ?? "")}" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Log in</button>
</form>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
