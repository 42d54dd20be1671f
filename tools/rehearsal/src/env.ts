/** What programs that are started from here need of this process's environment: where programs are, and the browser. */
export function programEnvironment(): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '', CHROMIUM_PATH } = process.env
  return { PATH, HOME, ...(CHROMIUM_PATH === undefined ? {} : { CHROMIUM_PATH }) }
}
