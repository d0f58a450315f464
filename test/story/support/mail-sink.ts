import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { eventually } from "./eventually";

export interface Mail {
  /** Who has logged in to send it. */
  readonly user: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

/**
 * A mail server that keeps what it is given: the commands of RFC 5321 that a client needs, and the login PLAIN of
 * RFC 4954, without which nothing is taken.
 */
export class MailSink {
  readonly received: Mail[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(username: string, password: string): Promise<MailSink> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const sink = new MailSink(server, (server.address() as AddressInfo).port);
    server.on("connection", (socket) => {
      converse(socket, `\0${username}\0${password}`, (mail) => sink.received.push({ user: username, ...mail }));
    });
    return sink;
  }

  /** Waits until a mail has come that fits. */
  until(fits: (mail: Mail) => boolean): Promise<Mail> {
    return eventually(
      () => Promise.resolve(this.received.find(fits)),
      () => `there has come ${JSON.stringify(this.received)}`,
      120_000,
    );
  }

  async dispose(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** One connection, from the greeting to QUIT. */
function converse(socket: Socket, login: string, keep: (mail: Omit<Mail, "user">) => void): void {
  let unread = "";
  let isIn = false;
  let from = "";
  let to: string[] = [];
  let message: string[] | undefined;
  const answer = (line: string): void => void socket.write(`${line}\r\n`);

  const obey = (line: string): void => {
    const [verb = "", ...words] = line.split(" ");
    const address = /<(.*)>/.exec(line)?.[1] ?? "";
    switch (verb.toUpperCase()) {
      case "EHLO":
        answer("250-mail.acme.example");
        answer("250 AUTH PLAIN");
        return;
      case "AUTH":
        isIn = Buffer.from(words[1] ?? "", "base64").toString() === login;
        answer(isIn ? "235 welcome" : "535 wrong user or password");
        return;
      case "MAIL":
        [from, to] = [address, []];
        answer(isIn ? "250 ok" : "530 log in first");
        return;
      case "RCPT":
        to.push(address);
        answer("250 ok");
        return;
      case "DATA":
        message = [];
        answer("354 go on, and end with a dot");
        return;
      case "QUIT":
        answer("221 bye");
        socket.end();
        return;
      default:
        answer("502 not known here");
    }
  };

  const read = (line: string): void => {
    if (message === undefined) {
      obey(line);
    } else if (line === ".") {
      keep({ from, to, ...parsed(message) });
      message = undefined;
      answer("250 ok");
    } else {
      message.push(line.replace(/^\./, ""));
    }
  };

  // A client that goes away without a word is none of this server's business.
  socket.on("error", () => socket.destroy());
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (unread + text).split("\r\n");
    unread = lines.pop() ?? "";
    lines.forEach(read);
  });
  answer("220 mail.acme.example");
}

/** A message's subject and its body, which Argo CD sends as quoted-printable. */
function parsed(lines: readonly string[]): Pick<Mail, "subject" | "body"> {
  const end = lines.indexOf("");
  const subject = lines.slice(0, end).find((line) => /^subject: /i.test(line)) ?? "";
  const body = lines
    .slice(end + 1)
    .join("\n")
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return { subject: subject.slice("subject: ".length), body };
}
