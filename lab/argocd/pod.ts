import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ProcessSpec } from "../process";
import { inSandbox, type Sandbox } from "../pods/sandbox";
import type { MountedConfigMap } from "../pods/carrier-config";
import { writeMountedFiles } from "../pods/mounted-files";
import { commandOf } from "./command";
import { environmentOf } from "./environment";
import type { Installation } from "./installation";
import type { Container, Workload } from "./objects";
import { inPodRoot, type PodMount } from "./pod-root";
import { volumesOf } from "./volumes";

/** Where the images of Argo CD and Redis have their programs, the home and what they find by PATH. */
const image = {
  programs: "/usr/local/bin",
  home: "/home/argocd",
  path: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
};

/** What all pods of an installation share. */
export interface PodContext {
  readonly installation: Pick<Installation, "namespace" | "configMaps" | "secrets">;
  /** Programs of the images by their names: the file of this machine that stands for each. */
  readonly programs: Readonly<Record<string, string>>;
  /** An empty folder, over which the programs are mounted. */
  readonly programFolder: string;
  /** Where clients in the cluster find the API server. */
  readonly apiServer: { readonly host: string; readonly port: number };
}

/** One pod of a workload. */
export interface Pod {
  readonly name: string;
  readonly workload: Workload;
  readonly container: Container;
  /** Keeps what it has of its own. */
  readonly folder: string;
  readonly sandbox: Omit<Sandbox, "folder" | "template">;
}

export interface PodProcess {
  readonly spec: ProcessSpec;
  /** The folders of the pod that have to be kept equal to ConfigMaps. */
  readonly configMaps: readonly MountedConfigMap[];
}

export function environmentOfPod({ container, name, workload }: Pod, { installation }: PodContext) {
  const { namespace, configMaps, secrets } = installation;
  const fields = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": workload.metadata.uid,
    "spec.serviceAccountName": workload.spec.template.spec.serviceAccountName ?? "default",
  };
  return environmentOf(container, { configMaps, secrets, fields, pod: `pod ${namespace}/${name}` });
}

/**
 * The process that is a pod's container: its command and environment, the files of its volumes, its image's programs
 * and its service account, at the places where the pod's specification has them.
 * @param how what the specification does not say
 */
export function podProcess(
  pod: Pod,
  context: PodContext,
  how: Pick<ProcessSpec, "log" | "ready" | "host" | "ports"> & {
    readonly name: string;
    readonly entrypoint?: readonly string[];
    readonly arguments?: readonly string[];
  },
): PodProcess {
  const { container, workload, folder } = pod;
  const { namespace, secrets } = context.installation;
  const { entrypoint = [], arguments: more = [], ...process } = how;
  const own = environmentOfPod(pod, context);
  const volumes = volumesOf(workload.spec.template.spec, container, {
    namespace,
    secrets,
    folder: join(folder, "volumes"),
    pod: `pod ${namespace}/${pod.name}`,
  });
  const configFolders = volumes.configMaps.map((mount) => mount.folder);
  for (const path of [...configFolders, ...volumes.emptyDirs]) mkdirSync(path, { recursive: true });
  for (const secret of volumes.secrets) writeMountedFiles(secret.folder, secret.files);

  const rooted = inPodRoot(
    { ...process, ...commandOf(container, own, entrypoint, more) },
    {
      folder,
      workingDirectory: container.workingDir ?? image.home,
      mounts: [...programMounts(context), ...volumes.mounts],
    },
  );
  const sandbox = {
    ...pod.sandbox,
    // The application controller takes its shard's number from it.
    hostname: pod.name,
    folder,
    template: { uid: workload.metadata.uid, template: workload.spec.template },
  };
  return {
    spec: { ...inSandbox(rooted, sandbox), env: { ...environmentOfImage(pod, context), ...own } },
    configMaps: volumes.configMaps,
  };
}

/** What a container has of its image and of every kubelet. */
function environmentOfImage({ name }: Pod, { apiServer }: PodContext): Record<string, string> {
  return {
    PATH: image.path,
    HOME: image.home,
    HOSTNAME: name,
    KUBERNETES_SERVICE_HOST: apiServer.host,
    KUBERNETES_SERVICE_PORT: String(apiServer.port),
    // Keys for signed commits would need a gpg-agent, which outlives the pod's process.
    ARGOCD_GPG_ENABLED: "false",
  };
}

function programMounts({ programs, programFolder }: PodContext): PodMount[] {
  const files = Object.entries(programs).map(([name, source]) => ({ path: `${image.programs}/${name}`, source }));
  return [{ path: image.programs, source: programFolder }, ...files];
}
