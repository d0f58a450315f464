import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Page {
  /** The address that was asked at last. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface BrowserOptions {
  /** PEM of the authorities to trust. */
  readonly ca?: string;
  /** Hosts whose certificate nobody has signed, and that are opened all the same. @default none */
  readonly unverifiedHosts?: readonly string[];
}

/** Logs in as people do, without a script: requests, redirects, cookies and forms. */
export class Browser {
  /** By host, then by name and path. */
  private readonly jar = new Map<string, Map<string, { readonly path: string; readonly pair: string }>>();

  constructor(private readonly options: BrowserOptions = {}) {}

  /** The value of a cookie of a host; absent when it has none. */
  cookie(host: string, name: string): string | undefined {
    const cookies = [...(this.jar.get(host)?.values() ?? [])];
    const found = cookies.find(({ pair }) => pair.startsWith(`${name}=`));
    return found?.pair.slice(name.length + 1);
  }

  /**
   * Opens an address, and those that it leads to.
   * @param stopAt an address that begins so is not opened but given back, for a client that listens there in its place
   */
  async open(url: string, form?: Readonly<Record<string, string>>, stopAt?: string): Promise<Page> {
    let page = await this.ask(url, form);
    for (let redirects = 0; page.status >= 300 && page.status < 400; redirects += 1) {
      if (redirects > 20) throw new Error(`${url} leads from one address to the next without an end`);
      const { location } = page.headers;
      if (typeof location !== "string") return page;
      const next = new URL(location, page.url).href;
      if (stopAt !== undefined && next.startsWith(stopAt)) return { ...page, url: next };
      page = await this.ask(next);
    }
    return page;
  }

  /** Fills in the only form of a page and sends it. */
  submit(page: Page, fields: Readonly<Record<string, string>>, stopAt?: string): Promise<Page> {
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(page.body) ?? [];
    if (action === undefined)
      throw new Error(`${page.url} answers ${String(page.status)} without a form: ${page.body}`);
    return this.open(new URL(action, page.url).href, fields, stopAt);
  }

  private ask(url: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const { protocol, hostname, pathname } = new URL(url);
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const cookies = [...(this.jar.get(hostname)?.values() ?? [])].filter(({ path }) => pathname.startsWith(path));
    const options = {
      agent: false as const,
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(cookies.length > 0 && { cookie: cookies.map(({ pair }) => pair).join("; ") }),
        ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      },
    };
    const { ca, unverifiedHosts = [] } = this.options;
    const tls = { ...(ca !== undefined && { ca }), rejectUnauthorized: !unverifiedHosts.includes(hostname) };
    return new Promise((resolve, reject) => {
      const request = protocol === "https:" ? httpsRequest(url, { ...options, ...tls }) : httpRequest(url, options);
      request.on("error", reject);
      request.on("response", (response) => {
        this.keep(hostname, response.headers["set-cookie"] ?? []);
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ url, status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      });
      request.end(body);
    });
  }

  private keep(host: string, lines: readonly string[]): void {
    const cookies = this.jar.get(host) ?? new Map<string, { path: string; pair: string }>();
    this.jar.set(host, cookies);
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf("="));
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? "/";
      const isOver = attributes.some((part) => /^(max-age=(0|-)|expires=\w+, 01 jan 1970)/i.test(part));
      if (isOver || pair === `${name}=`) cookies.delete(`${name} ${path}`);
      else cookies.set(`${name} ${path}`, { path, pair });
    }
  }
}
