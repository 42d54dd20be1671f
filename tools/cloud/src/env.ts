/** What a program started from here needs of this process's environment: where programs are. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  const { PATH, HOME } = process.env
  return { PATH, HOME }
}
