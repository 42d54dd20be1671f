/** The environment of this process, handed on to the suites with a few settings of ours. */
export function suiteEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...settings }
}

/** Where a person says the browser lies; undefined: it is looked for. */
export function wishedChromium(): string | undefined {
  const path = process.env.CHROMIUM_PATH
  return path === '' ? undefined : path
}

/** True on a build machine: there, a missing tool is an error and never a reason to leave a suite out. */
export function isBuildMachine(): boolean {
  const ci = process.env.CI
  return ci !== undefined && ci !== '' && ci !== 'false'
}
