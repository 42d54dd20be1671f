// The package comes without types.
declare module 'mime-types' {
  /** Content type of a file name's extension, without a charset; false when it is not known. */
  export function lookup(name: string): string | false
}
