import { parts } from "../../../lab/parts";
import { createProgress, ensureTools } from "../../../lab/toolchain";
import { ensurePrograms } from "../../../lab/toolchain/debian-packages";
import { setup as setUpEngineTools } from "../../engine/support/toolchain-setup";

/** What the stories need beside the tools of the engine tests: the programs of every part. */
export async function setup(): Promise<void> {
  const progress = createProgress();
  await setUpEngineTools();
  await ensureTools([...new Set(parts.flatMap(({ tools }) => tools))], { progress });
  await ensurePrograms([...new Set(parts.flatMap(({ programs }) => programs))], { progress });
}
