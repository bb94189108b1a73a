/** What systems put into folders for themselves. */
const OWN_FILES = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * All files of a drop; folders are walked through, without what systems keep in them. To be called within the event:
 * what was dropped is not told afterwards.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<File[]> {
  const plain = [...transfer.files];
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return plain;
  try {
    return (await Promise.all(entries.map(filesOf))).flat();
  } catch {
    return plain; // each that cannot be read says so itself
  }
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (!entry.isDirectory)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const inside: FileSystemEntry[] = [];
  // Browsers tell a hundred at a time, and none at the end.
  for (let some = await read(reader); some.length > 0; some = await read(reader)) inside.push(...some);
  const wanted = inside.filter(({ name }) => !OWN_FILES.test(name));
  return (await Promise.all(wanted.map(filesOf))).flat();
}

const read = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));
