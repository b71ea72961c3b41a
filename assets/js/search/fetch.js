// What needs a browser to unpack files.

// gunzip unpacks a file, if it is packed: with the module at the address given where the browser cannot.
export async function gunzip(bytes, inflate) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  if (!self.DecompressionStream) return (await import(inflate)).gunzip(bytes);
  const unpacked = new Response(bytes).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}
