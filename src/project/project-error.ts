/** A project that cannot be loaded: the message names the file and says what is wrong with it. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}
