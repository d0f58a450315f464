import type { Review, SubjectReview } from "../review";
import { fenced } from "./escape";

/** With more, the picture is a carpet. */
const MOST = 12;

/** Marks and colours by what happens, readable on GitLab's light and dark pages. */
const LOOKS = {
  adds: "fill:#d5f0d5,stroke:#2e7d32,color:#000",
  changes: "fill:#fdf1cc,stroke:#a66a00,color:#000",
  deletes: "fill:#f9d6d5,stroke:#b3261e,color:#000",
} as const;

/** Stacks, what changes in them and its Applications, as a Mermaid flowchart; absent where it would not help. */
export function picture({ stacks }: Review): string | undefined {
  const count = stacks.reduce((sum, { subjects }) => sum + subjects.length, 0);
  if (count < 2 || count > MOST) return undefined;
  const lines = ["flowchart LR"];
  stacks.forEach(({ stack, subjects }, index) => {
    if (subjects.length === 0) return;
    lines.push(`  s${String(index)}(["${label(stack)}"])`);
    subjects.forEach((subject, place) => {
      const id = `p${String(index)}_${String(place)}`;
      lines.push(`  s${String(index)} -- ${subject.action} --> ${id}["${label(subject.name)}"]:::${subject.action}`);
      applications(subject).forEach((name, number) => {
        lines.push(`  ${id} --> ${id}_${String(number)}["${label(name)}"]`);
      });
    });
  });
  for (const [action, look] of Object.entries(LOOKS)) lines.push(`  classDef ${action} ${look}`);
  return fenced("mermaid", lines);
}

function applications({ resources }: SubjectReview): string[] {
  return resources.filter(({ kind }) => kind === "Application").map(({ name }) => name);
}

/** Letters, digits and what names are made of: nothing that Mermaid or a browser understands. */
function label(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._/-]/gu, "·").slice(0, 60);
}
