// A host for a WebAssembly module that uses WASI preview 1 and is kept between calls: streams, a clock, random numbers, and
// files in memory.

const OK = 0, BADF = 8, EXIST = 20, INVAL = 28, ISDIR = 31, NOENT = 44, NOSYS = 52, NOTDIR = 54, NOTEMPTY = 55, NOTSUP = 58;
const CHARACTERS = 2, FOLDER = 3, FILE = 4;
const CREATE = 1, DIRECTORY = 2, EXCLUSIVE = 4, TRUNCATE = 8, APPEND = 1;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** The module has exited, and answers no more. */
class Exit extends Error {
  constructor(code) {
    super(`exit code ${code}`);
    this.code = code;
  }
}

/** A file; its bytes are copied before they are first changed. */
class MemoryFile {
  constructor(bytes = new Uint8Array(0)) {
    Object.assign(this, { bytes, size: bytes.length, owned: false, inode: MemoryFile.next++, changed: Date.now() });
  }

  /** The bytes as they are now. Later changes are made to a copy. */
  content() {
    this.owned = false;
    return this.bytes.length === this.size ? this.bytes : this.bytes.slice(0, this.size);
  }

  /** Makes room for `size` bytes that may be written. */
  reserve(size) {
    if (!this.owned || size > this.bytes.length) {
      const grown = new Uint8Array(Math.max(size, this.owned ? this.bytes.length * 2 : this.size));
      grown.set(this.bytes.subarray(0, this.size));
      Object.assign(this, { bytes: grown, owned: true });
    }
    this.changed = Date.now();
  }

  write(at, bytes) {
    const end = at + bytes.length;
    this.reserve(Math.max(end, this.size));
    this.bytes.set(bytes, at);
    this.size = Math.max(this.size, end);
  }

  resize(size) {
    this.reserve(size);
    this.bytes.fill(0, Math.min(size, this.size));
    this.size = size;
  }
}
MemoryFile.next = 1;

/** A folder: items by name. */
class MemoryFolder {
  constructor() {
    Object.assign(this, { items: new Map(), inode: MemoryFile.next++, changed: Date.now(), size: 0 });
  }

  /** Adds a file, and the folders above it. */
  put(path, bytes) {
    const names = path.split("/").filter(Boolean), last = names.pop();
    let folder = this;
    for (const name of names) {
      if (!folder.items.has(name)) folder.items.set(name, new MemoryFolder());
      folder = folder.items.get(name);
    }
    folder.items.set(last, new MemoryFile(bytes));
  }

  /** Removes a file. Folders stay, as on a disk. */
  remove(path) {
    const { folder, name, item } = locate(this, path);
    if (item && !isFolder(item)) folder.items.delete(name);
  }

  /** All files below the folder: bytes by path. */
  files(prefix = "", found = new Map()) {
    for (const [name, item] of this.items) {
      if (item instanceof MemoryFolder) item.files(`${prefix}${name}/`, found);
      else found.set(prefix + name, item.content());
    }
    return found;
  }
}

const isFolder = (item) => item instanceof MemoryFolder;

/** What a path names below a folder: the folder that holds it, its name, and the item if there is one. */
function locate(from, path) {
  const names = path.split("/").filter((name) => name && name !== ".");
  const above = [];
  let folder = from;
  for (const [at, name] of names.entries()) {
    if (!isFolder(folder)) return { error: NOTDIR };
    if (name === "..") {
      if (!above.length) return { error: NOENT };
      folder = above.pop();
      continue;
    }
    const item = folder.items.get(name);
    if (at === names.length - 1) return { folder, name, item };
    if (!item) return { error: NOENT };
    above.push(folder);
    folder = item;
  }
  return { folder, name: "", item: folder };
}

/** Starts a module. `folders` are the folders that it sees, by absolute path. Returns what asks it: text in, text out. */
async function startModule(module, folders) {
  const streams = () => [new MemoryFile(), new MemoryFile(), new MemoryFile()].map((item) => ({ item, at: 0, flags: 0 }));
  const open = streams();
  for (const [path, item] of Object.entries(folders)) open.push({ item, at: 0, flags: 0, path: encoder.encode(path) });
  let memory;
  const view = () => new DataView(memory.buffer);
  const bytesAt = (at, length) => new Uint8Array(memory.buffer, at, length);
  const textAt = (at, length) => decoder.decode(bytesAt(at, length));
  const put32 = (at, value) => view().setUint32(at, value, true);
  const put64 = (at, value) => view().setBigUint64(at, BigInt(value), true);
  /** The parts of memory that a call reads into or writes from. */
  const parts = (at, number) => Array.from({ length: number }, (_, one) =>
    bytesAt(view().getUint32(at + one * 8, true), view().getUint32(at + one * 8 + 4, true)));
  const kindOf = (item) => (isFolder(item) ? FOLDER : FILE);

  function putStat(at, item, kind = kindOf(item)) {
    bytesAt(at, 64).fill(0);
    put64(at + 8, item.inode);
    view().setUint8(at + 16, kind);
    put64(at + 24, 1);
    put64(at + 32, item.size);
    for (const time of [40, 48, 56]) put64(at + time, BigInt(item.changed) * 1_000_000n);
    return OK;
  }

  function read(file, at, into) {
    let total = 0;
    for (const part of into) {
      const piece = file.bytes.subarray(at + total, Math.min(file.size, at + total + part.length));
      part.set(piece);
      total += piece.length;
      if (piece.length < part.length) break;
    }
    return total;
  }

  function write(file, at, from) {
    let total = 0;
    for (const part of from) {
      file.write(at + total, part);
      total += part.length;
    }
    return total;
  }

  /** A call on an open file or folder. */
  const onOpen = (call) => (fd, ...rest) => (open[fd] ? call(open[fd], ...rest) : BADF);
  /** A call on an open file. */
  const onFile = (call) => onOpen((one, ...rest) => (isFolder(one.item) ? ISDIR : call(one, ...rest)));
  /** A call on a path below an open folder. */
  const onPath = (call) => onOpen((one, at, length, ...rest) => {
    if (!isFolder(one.item)) return NOTDIR;
    const found = locate(one.item, textAt(at, length));
    return found.error ?? call(found, ...rest);
  });

  function pathOpen(found, openFlags, rights, flags, result) {
    let { item } = found;
    if (openFlags & EXCLUSIVE && item) return EXIST;
    if (!item) {
      if (!(openFlags & CREATE)) return NOENT;
      item = new MemoryFile();
      found.folder.items.set(found.name, item);
    }
    if (openFlags & DIRECTORY && !isFolder(item)) return NOTDIR;
    if (openFlags & TRUNCATE) {
      if (isFolder(item)) return ISDIR;
      item.resize(0);
    }
    // A module that is kept opens files without end, so places of closed ones are used again.
    let fd = 3;
    while (open[fd]) fd++;
    open[fd] = { item, at: 0, flags };
    put32(result, fd);
    return OK;
  }

  function readFolder(one, at, length, cookie, result) {
    if (!isFolder(one.item)) return NOTDIR;
    const items = [...one.item.items];
    let used = 0;
    for (let next = Number(cookie); next < items.length && used < length; next++) {
      const [name, item] = items[next], bytes = encoder.encode(name);
      const record = new Uint8Array(24 + bytes.length), fields = new DataView(record.buffer);
      fields.setBigUint64(0, BigInt(next + 1), true);
      fields.setBigUint64(8, BigInt(item.inode), true);
      fields.setUint32(16, bytes.length, true);
      fields.setUint8(20, kindOf(item));
      record.set(bytes, 24);
      const fits = record.subarray(0, length - used);
      bytesAt(at + used, fits.length).set(fits);
      used += fits.length;
    }
    put32(result, used);
    return OK;
  }

  function rename(from, other, at, length) {
    if (!from.item) return NOENT;
    const to = locate(open[other]?.item, textAt(at, length));
    if (to.error) return to.error;
    if (isFolder(to.item) && (!isFolder(from.item) || to.item.items.size)) return isFolder(from.item) ? NOTEMPTY : ISDIR;
    if (to.item && !isFolder(to.item) && isFolder(from.item)) return NOTDIR;
    from.folder.items.delete(from.name);
    to.folder.items.set(to.name, from.item);
    return OK;
  }

  const calls = {
    args_sizes_get: (number, size) => (put32(number, 0), put32(size, 0), OK),
    args_get: () => OK,
    environ_sizes_get: (number, size) => (put32(number, 0), put32(size, 0), OK),
    environ_get: () => OK,
    clock_time_get: (_clock, _precision, result) => (put64(result, BigInt(Date.now()) * 1_000_000n), OK),
    clock_res_get: (_clock, result) => (put64(result, 1_000_000), OK),
    random_get(at, length) {
      for (let from = 0; from < length; from += 65536) {
        crypto.getRandomValues(bytesAt(at + from, Math.min(65536, length - from)));
      }
      return OK;
    },
    sched_yield: () => OK,
    proc_exit(code) { throw new Exit(code); },
    fd_prestat_get: onOpen((one, result) => {
      if (!one.path) return BADF;
      put32(result, 0);
      put32(result + 4, one.path.length);
      return OK;
    }),
    fd_prestat_dir_name: onOpen((one, at, length) => (bytesAt(at, length).set(one.path), OK)),
    fd_close: (fd) => (open[fd] ? (open[fd] = undefined, OK) : BADF),
    fd_fdstat_get(fd, result) {
      if (!open[fd]) return BADF;
      bytesAt(result, 24).fill(0);
      view().setUint8(result, fd < 3 ? CHARACTERS : kindOf(open[fd].item));
      view().setUint16(result + 2, open[fd].flags, true);
      put64(result + 8, 0xffffffffffffffffn);
      put64(result + 16, 0xffffffffffffffffn);
      return OK;
    },
    fd_fdstat_set_flags: onOpen((one, flags) => (one.flags = flags, OK)),
    fd_filestat_get: onOpen((one, result) => putStat(result, one.item)),
    fd_filestat_set_size: onFile((one, size) => (one.item.resize(Number(size)), OK)),
    fd_filestat_set_times: onOpen(() => OK),
    fd_sync: onOpen(() => OK),
    fd_datasync: onOpen(() => OK),
    fd_advise: onOpen(() => OK),
    fd_read: onFile((one, at, number, result) => {
      const total = read(one.item, one.at, parts(at, number));
      one.at += total;
      put32(result, total);
      return OK;
    }),
    fd_pread: onFile((one, at, number, from, result) => (put32(result, read(one.item, Number(from), parts(at, number))), OK)),
    fd_write: onFile((one, at, number, result) => {
      if (one.flags & APPEND) one.at = one.item.size;
      const total = write(one.item, one.at, parts(at, number));
      one.at += total;
      put32(result, total);
      return OK;
    }),
    fd_pwrite: onFile((one, at, number, from, result) => (put32(result, write(one.item, Number(from), parts(at, number))), OK)),
    fd_seek: onFile((one, by, whence, result) => {
      const base = [0, one.at, one.item.size][whence], at = base + Number(by);
      if (!(at >= 0)) return INVAL;
      one.at = at;
      put64(result, at);
      return OK;
    }),
    fd_tell: onFile((one, result) => (put64(result, one.at), OK)),
    fd_readdir: onOpen(readFolder),
    path_open(fd, _follow, at, length, openFlags, rights, _inherited, flags, result) {
      return onPath((found) => pathOpen(found, openFlags, rights, flags, result))(fd, at, length);
    },
    path_filestat_get: (fd, _follow, at, length, result) =>
      onPath((found) => (found.item ? putStat(result, found.item) : NOENT))(fd, at, length),
    path_filestat_set_times: (fd, _follow, at, length) => onPath((found) => (found.item ? OK : NOENT))(fd, at, length),
    path_create_directory: onPath((found) => {
      if (found.item) return EXIST;
      found.folder.items.set(found.name, new MemoryFolder());
      return OK;
    }),
    path_remove_directory: onPath((found) => {
      if (!found.item) return NOENT;
      if (!isFolder(found.item)) return NOTDIR;
      if (found.item.items.size) return NOTEMPTY;
      found.folder.items.delete(found.name);
      return OK;
    }),
    path_unlink_file: onPath((found) => {
      if (!found.item) return NOENT;
      if (isFolder(found.item)) return ISDIR;
      found.folder.items.delete(found.name);
      return OK;
    }),
    path_rename: onPath(rename),
    // There are no links: every path is real.
    path_readlink: onPath((found) => (found.item ? INVAL : NOENT)),
    path_link: () => NOTSUP,
    path_symlink: () => NOTSUP,
  };
  const imported = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imported[from] ??= {})[name] = calls[name] ?? (() => NOSYS);
  }
  const instance = await WebAssembly.instantiate(module, imported);
  memory = instance.exports.memory;

  /** Calls the module with new streams, and returns what it wrote. */
  function call(name, input = "") {
    const [stdin, stdout, stderr] = streams();
    stdin.item = new MemoryFile(encoder.encode(input));
    open.splice(0, 3, stdin, stdout, stderr);
    try {
      const failed = instance.exports[name]();
      if (failed) throw new Error(`${name} returned ${failed}`);
    } catch (error) {
      error.message = decoder.decode(stderr.item.content()).trim() || error.message;
      throw error;
    }
    return decoder.decode(stdout.item.content());
  }

  call("_initialize");
  return (input) => call("answer", input);
}
