/** A project that cannot be loaded: the message names the file and says what is wrong with it. */
export class ProjectError extends Error {
  override readonly name: string = "ProjectError";
}

/** A configuration that finds no files as the compiler looks for them. The parser of the rules also looks for JavaScript. */
export class EmptyProjectError extends ProjectError {
  override readonly name = "EmptyProjectError";
}
