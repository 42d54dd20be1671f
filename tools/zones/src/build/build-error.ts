/**
 * Why a release could not be built, or is none. Closed set.
 *
 * - `sources`: what it should be built from cannot be read, or does not go with the packages that are installed
 * - `program`: Next, OpenNext or esbuild refused
 * - `unaccounted`: the build made something that nobody said where to put
 * - `contents`: a package holds what must not be in it
 * - `too-large`: a package is larger than it may be
 * - `folder`: the folder that was named is something else
 * - `altered`: a file of a release is missing or is not the one that was built
 */
export type BuildFailure = 'sources' | 'program' | 'unaccounted' | 'contents' | 'too-large' | 'folder' | 'altered'

/** A release that could not be built or opened. The message says what and, where a person can do something, what to do. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
  readonly code: BuildFailure
  constructor(code: BuildFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
