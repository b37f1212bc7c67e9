/**
 * The text of a container's log as the engine sends it: without a terminal every frame has a header of eight bytes
 * (https://docs.docker.com/reference/api/engine/#tag/Container/operation/ContainerAttach, "Stream format").
 */
export function plainLog(chunk: Buffer): string {
  if (chunk.length < 8 || (chunk[0] ?? 9) > 2 || chunk.readUIntBE(1, 3) !== 0) return chunk.toString();
  let text = '';
  for (let at = 0; at + 8 <= chunk.length; ) {
    const length = chunk.readUInt32BE(at + 4);
    text += chunk.toString('utf8', at + 8, at + 8 + length);
    at += 8 + length;
  }
  return text;
}
