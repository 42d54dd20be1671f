/** What programs that are started from here need of this process's environment: where programs are. */
export function programEnvironment(): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME }
}
