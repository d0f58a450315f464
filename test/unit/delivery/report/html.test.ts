import { expect, it } from "vitest";
import { markup, trusted } from "../../../../delivery/report/html";

it("Text in a template is never HTML, wherever it stands", () => {
  const text = `"><script>alert('1')</script>&`;
  expect(markup`<a href="${text}">${[text]}</a>`.text).toBe(
    '<a href="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">' +
      "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</a>",
  );
});

it("A template in a template stays HTML, also in lists", () => {
  expect(markup`<ul>${["a", "<"].map((one) => markup`<li>${one}</li>`)}</ul>`.text).toBe(
    "<ul><li>a</li><li>&lt;</li></ul>",
  );
});

it("What is not there leaves nothing behind", () => {
  expect(markup`<p>${undefined}${[undefined, 0]}</p>`.text).toBe("<p>0</p>");
});

it("What is trusted is taken as it is", () => {
  expect(markup`<style>${trusted("a > b")}</style>`.text).toBe("<style>a > b</style>");
});
