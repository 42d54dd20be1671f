/** The version that an alias names, and who may say otherwise. */
export interface AliasState {
  readonly version: string
  readonly revisionId: string
  /** Versions that get a share of the traffic beside it. */
  readonly weighted: readonly string[]
}

export interface FunctionState {
  readonly version: string
  readonly codeSha256: string
  readonly revisionId: string
  readonly runtime: string
  readonly architecture: string
  readonly handler: string
  /** `Active` and `Successful`: it can be published. */
  readonly isSettled: boolean
  /** What AWS says is wrong with the last change of it. Undefined: nothing. */
  readonly failure: string | undefined
  readonly variables: Readonly<Record<string, string>>
}

export interface PublishedVersion {
  readonly version: string
  /** What whoever published it said of it. */
  readonly description: string
}

export interface UrlState {
  readonly invokeMode: 'RESPONSE_STREAM' | 'BUFFERED'
  readonly authType: string
}

/** Lambda, as far as a release goes. Every method throws `AwsFailure` when AWS does not do what is asked. */
export interface ReleasedFunctions {
  /** Undefined: there is no such function or alias. */
  readonly alias: (functionName: string) => Promise<AliasState | undefined>
  /** Of a version, or of what was uploaded last. Undefined: there is none. */
  readonly state: (functionName: string, version: string | undefined) => Promise<FunctionState | undefined>
  /** Of the URL that is bound to the alias. Undefined: there is none. */
  readonly url: (functionName: string) => Promise<UrlState | undefined>
  readonly upload: (functionName: string, zip: Uint8Array, revisionId: string) => Promise<void>
  /** The number of the version. Code and settings that were published last give the same one again. */
  readonly publish: (
    functionName: string,
    given: { readonly codeSha256: string; readonly revisionId: string; readonly description: string },
  ) => Promise<string>
  /** The alias stays at `version`, and `other` gets a share of its calls: `weight`, from 0 to 1. */
  readonly shareAlias: (
    functionName: string,
    share: { readonly version: string; readonly other: string; readonly weight: number },
    revisionId: string,
  ) => Promise<void>
  /** As a whole: nobody else has a share any more. */
  readonly moveAlias: (functionName: string, version: string, revisionId: string) => Promise<void>
}
