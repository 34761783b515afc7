/** The folder of a path as it was named, with slashes; `.` for the current one. */
export function folderOf(path: string): string {
  const parts = path.replaceAll("\\", "/").split("/").slice(0, -1);
  return parts.length === 0 ? "." : parts.join("/") || "/";
}

/** A folder and all above it, the uppermost first. */
export function foldersTo(folder: string): string[] {
  if (folder === ".") return [];
  const parts = folder.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/")).filter((each) => each !== "");
}
