/** A line that says which work tree's files have followed the branch; empty where it is checked out nowhere. */
export function followed(workTree: string | null): string {
  return workTree === null ? '' : `It is checked out in "${workTree}", whose files have followed.\n`;
}
