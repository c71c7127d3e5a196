// Zip archives: reads stored and deflated members, and writes deflated ones. The same files give the same bytes.

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = crcTable[(sum ^ byte) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

const through = async (bytes, stream) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

/** The most that an archive may unpack to, in bytes. */
const MOST_UNPACKED = 1 << 30;

class ZipError extends Error {}

/** The letters above 127 in names of files that Windows packs, where they are not in UTF-8. */
const WINDOWS = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/** A name in an archive. */
function decodeName(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : WINDOWS[byte - 128])).join("");
  }
}

/** The files of an archive: bytes by path. Folders, and paths that leave the archive, are left out. */
async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 66000 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw new ZipError("This is no zip file, or not all of it.");
  const files = new Map();
  let at = view.getUint32(end + 16, true), total = 0;
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new ZipError("The zip file is damaged.");
    const flags = view.getUint16(at + 8, true), method = view.getUint16(at + 10, true), sum = view.getUint32(at + 16, true);
    const packed = view.getUint32(at + 20, true), size = view.getUint32(at + 24, true), local = view.getUint32(at + 42, true);
    const nameLength = view.getUint16(at + 28, true);
    const path = decodeName(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll("\\", "/");
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (path.endsWith("/") || path.startsWith("/") || path.split("/").includes("..")) continue;
    if (flags & 1) throw new ZipError("The zip file has a password. Unpack it, and open the folder.");
    total += size;
    if (total > MOST_UNPACKED) throw new ZipError("The zip file unpacks to more than 1 GB.");
    if (local + 30 > bytes.length) throw new ZipError("The zip file is damaged.");
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const member = bytes.subarray(from, from + packed);
    if (method !== 0 && method !== 8) throw new ZipError(`${path} is packed in a way that this page cannot read. Unpack the zip file, and open the folder.`);
    const content = method === 8 ? await inflate(member, size) : member.slice();
    if (content.length !== size || crc32(content) !== sum) throw new ZipError(`${path} is damaged in the zip file.`);
    files.set(path, content);
  }
  return files;
}

/** Inflates at most `size` bytes. */
async function inflate(member, size) {
  const stream = new Blob([member]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const content = new Uint8Array(size);
  let at = 0;
  try {
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return content.subarray(0, at);
      if (at + value.length > size) throw new ZipError("The zip file is damaged.");
      content.set(value, at);
      at += value.length;
    }
  } catch {
    throw new ZipError("The zip file is damaged.");
  }
}

/** An archive of files, in the order of their paths. */
async function writeZip(files) {
  if (files.size > 65_535) throw new ZipError("These are more files than a zip file can hold.");
  const parts = [], directory = [], encoder = new TextEncoder();
  let at = 0;
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path), name = encoder.encode(path);
    const deflated = await through(content, new CompressionStream("deflate-raw"));
    const isSmaller = deflated.length < content.length, member = isSmaller ? deflated : content;
    const head = new DataView(new ArrayBuffer(26));
    head.setUint16(0, 20, true);
    head.setUint16(2, 0x0800, true);
    head.setUint16(4, isSmaller ? 8 : 0, true);
    // 1 January 1980, the first day that zip files know.
    head.setUint16(8, 0x21, true);
    head.setUint32(10, crc32(content), true);
    head.setUint32(14, member.length, true);
    head.setUint32(18, content.length, true);
    head.setUint16(22, name.length, true);
    const fields = new Uint8Array(head.buffer);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    entry.setUint16(4, 20, true);
    new Uint8Array(entry.buffer).set(fields, 6);
    entry.setUint32(42, at, true);
    directory.push(new Uint8Array(entry.buffer), name);
    parts.push(Uint8Array.of(0x50, 0x4b, 3, 4), fields, name, member);
    at += 4 + fields.length + name.length + member.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.size, true);
  end.setUint16(10, files.size, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return new Uint8Array(await new Blob([...parts, ...directory, new Uint8Array(end.buffer)]).arrayBuffer());
}
