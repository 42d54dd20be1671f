/** The environment of this process, handed on whole to the programs it starts. */
export function childEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
}
