/** The environment that a published version was frozen with. */
export interface VersionEnvironment {
  readonly version: string
  readonly variables: Readonly<Record<string, string>>
}

export interface FunctionEnvironments {
  /** One per version that traffic reaches through the alias. Undefined: there is no such function, alias or version. */
  readonly behind: (functionName: string, alias: string) => Promise<readonly VersionEnvironment[] | undefined>
}
