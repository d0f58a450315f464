import type { LabHost } from "../network/lab-network";
import { httpProbe, type Probe, tcpProbe } from "../process";

/** How one of Argo CD's workloads is run: what its objects do not say, or this machine forces. */
export interface Server {
  /** Of its Deployment or StatefulSet. */
  readonly name: string;
  readonly host: LabHost;
  /** The image's command, where the pod's specification has none. @default none: the image only wraps the arguments */
  readonly entrypoint?: readonly string[];
  /**
   * Whether it serves its metrics on all addresses of the machine and cannot be told otherwise, so that it gets a free
   * port for them.
   * @default false
   */
  readonly hasOpenMetrics?: boolean;
  /** Whether each of its replicas has work of its own. @default false: one does for all */
  readonly isSharded?: boolean;
  /** The ports that it listens on, the most important first. @default the one for metrics */
  readonly ports?: readonly number[];
  /** What is added to its arguments. */
  readonly listen: (address: string, metricsPort: number) => readonly string[];
  readonly ready: (at: ServerPlace) => Probe;
}

export interface ServerPlace {
  readonly address: string;
  readonly metricsPort: number;
  /** The environment of its container. */
  readonly environment: Readonly<Record<string, string>>;
}

const onMetricsPort = (_: string, port: number): string[] => ["--metrics-port", String(port)];

/** What Argo CD consists of, in the order of its start: each stage needs the one before. */
export const servers: readonly (readonly Server[])[] = [
  [
    {
      name: "argocd-redis",
      host: "argocdRedis",
      entrypoint: ["redis-server"],
      ports: [6379],
      listen: (address) => ["--bind", address],
      ready: ({ address }) => tcpProbe(address, 6379),
    },
  ],
  [
    {
      name: "argocd-repo-server",
      host: "argocdRepoServer",
      ports: [8081, 8084],
      listen: (address) => ["--address", address, "--metrics-address", address],
      ready: ({ address }) => httpProbe(`http://${address}:8084/healthz`),
    },
    {
      name: "argocd-server",
      host: "argocdServer",
      // The Service's port for people. Who speaks plain HTTP to it is sent to HTTPS by the server itself.
      ports: [443, 8083],
      listen: (address) => ["--address", address, "--port", "443"],
      // It makes its certificate itself.
      ready: ({ address, environment }) =>
        environment["ARGOCD_SERVER_INSECURE"] === "true"
          ? httpProbe(`http://${address}:443/healthz`)
          : httpProbe(`https://${address}/healthz`, { rejectUnauthorized: false }),
    },
  ],
  // They read settings that argocd-server completes when it starts for the first time.
  [
    {
      name: "argocd-application-controller",
      host: "argocdController",
      isSharded: true,
      hasOpenMetrics: true,
      listen: onMetricsPort,
      ready: ({ metricsPort }) => httpProbe(`http://127.0.0.1:${String(metricsPort)}/healthz`),
    },
    {
      name: "argocd-applicationset-controller",
      host: "argocdApplicationSet",
      ports: [7000, 8080, 8081],
      listen: (address) => [
        ...["--webhook-addr", `${address}:7000`],
        ...["--metrics-addr", `${address}:8080`],
        ...["--probe-addr", `${address}:8081`],
      ],
      ready: ({ address }) => httpProbe(`http://${address}:8080/metrics`),
    },
    {
      name: "argocd-notifications-controller",
      host: "argocdNotifications",
      hasOpenMetrics: true,
      listen: onMetricsPort,
      ready: ({ metricsPort }) => httpProbe(`http://127.0.0.1:${String(metricsPort)}/metrics`),
    },
  ],
];
