import type { SecretText } from "./secret";

/** Whom Argo CD's notifications controller tells what. */
export interface NotificationSettings {
  readonly webhooks: readonly WebhookService[];
  readonly email?: EmailService;
  /** By name; the ready-made ones are among them. */
  readonly templates: Readonly<Record<string, NotificationTemplate>>;
  /** By name; the ready-made ones are among them. */
  readonly triggers: Readonly<Record<string, readonly TriggerCondition[]>>;
  /** Whom every Application's triggers reach. */
  readonly subscriptions: readonly Subscription[];
}

export interface WebhookService {
  readonly name: string;
  /** A secret where whoever knows the URL may post to it. */
  readonly url: string | SecretText;
  readonly headers: readonly WebhookHeader[];
  /** For HTTP basic authentication. */
  readonly login?: Login;
}

export interface WebhookHeader {
  readonly name: string;
  /** In clear, or what stands before the secret: `Bearer `. */
  readonly text: string;
  readonly secret?: SecretText;
}

export interface EmailService {
  readonly host: string;
  /** @default 587 */
  readonly port: number;
  readonly from: string;
  readonly login?: Login;
}

export interface Login {
  readonly username: string;
  readonly password: SecretText;
}

/** Texts in Go's template language, in which `.app` is the Application. */
export interface NotificationTemplate {
  readonly message: string;
  readonly email?: { readonly subject: string; readonly body?: string };
  /** What is posted to each webhook. */
  readonly webhook?: { readonly method: string; readonly path?: string; readonly body: string };
}

export interface TriggerCondition {
  /** An expression of github.com/expr-lang/expr. */
  readonly when: string;
  /** Names of templates. */
  readonly send: readonly string[];
  /** Sent once for each value of this expression. */
  readonly oncePer?: string;
  readonly description?: string;
}

export interface Subscription {
  readonly triggers: readonly string[];
  /** `service`, or `service:address`. */
  readonly recipients: readonly string[];
}
