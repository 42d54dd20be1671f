import { createHash } from 'node:crypto'
import { AwsFailure } from '../../aws/aws-failure.ts'
import type { PrunableFunctions } from '../../aws/released-functions.ts'
import type { FunctionState, UrlState } from '../released-functions.ts'

interface Version {
  readonly code: string
  readonly variables: Readonly<Record<string, string>>
  /** Of a version that was published. */
  readonly description?: string
}

export interface MemoryFunction {
  latest: Version
  revision: number
  /** How many versions there ever were. */
  published: number
  readonly versions: Map<string, Version>
  /** Where the alias is, and how often it was moved. */
  alias: { version: string; revision: number; shared?: { readonly other: string; readonly weight: number } }
  url: UrlState | undefined
  runtime: string
  /** Looks that still show an update under way. */
  settling: number
}

export const codeSha256Of = (code: string) => createHash('sha256').update(code).digest('base64')

export function placeholderFunction(url: UrlState | undefined): MemoryFunction {
  const latest = { code: 'placeholder', variables: { STAGE: 'develop' } }
  return {
    ...{
      latest,
      revision: 1,
      published: 1,
      versions: new Map([['1', latest]]),
      alias: { version: '1', revision: 1 },
      url,
    },
    ...{ runtime: 'nodejs24.x', settling: 0 },
  }
}

/** Lambda in memory: as strict about revisions and digests, and never sooner ready, than Lambda is. */
export function memoryFunctions(all: ReadonlyMap<string, MemoryFunction>): PrunableFunctions {
  const get = (name: string): MemoryFunction => {
    const found = all.get(name)
    if (found === undefined) throw refused('ResourceNotFoundException')
    return found
  }
  return {
    alias: async (name) => {
      const { version, revision, shared } = get(name).alias
      return { version, revisionId: String(revision), weighted: shared === undefined ? [] : [shared.other] }
    },
    url: async (name) => get(name).url,
    state: async (name, version) => {
      const fn = get(name)
      const asked = version === undefined ? fn.latest : fn.versions.get(version)
      if (asked === undefined) return undefined
      const isSettled = version !== undefined || fn.settling <= 0
      if (version === undefined) fn.settling -= 1
      const state: FunctionState = {
        version: version ?? '$LATEST',
        codeSha256: codeSha256Of(asked.code),
        revisionId: String(fn.revision),
        runtime: fn.runtime,
        architecture: 'arm64',
        handler: 'index.handler',
        isSettled,
        failure: undefined,
        variables: asked.variables,
      }
      return state
    },
    upload: async (name, zip, revisionId) => {
      const fn = get(name)
      if (revisionId !== String(fn.revision)) throw refused('PreconditionFailedException')
      if (fn.settling > 0) throw refused('ResourceConflictException')
      fn.latest = { ...fn.latest, code: new TextDecoder().decode(zip) }
      fn.revision += 1
      fn.settling = 2
    },
    publish: async (name, { codeSha256, revisionId, description }) => {
      const fn = get(name)
      if (fn.settling > 0) throw refused('ResourceConflictException')
      if (revisionId !== String(fn.revision)) throw refused('PreconditionFailedException')
      if (codeSha256 !== codeSha256Of(fn.latest.code)) throw refused('InvalidParameterValueException')
      const [number, last] = [...fn.versions].at(-1) ?? ['0', undefined]
      const said = ({ code, variables }: Version) => JSON.stringify({ code, variables })
      if (last !== undefined && said(last) === said(fn.latest)) return number
      // A number is never given twice, even where its version is gone.
      fn.published += 1
      const next = String(fn.published)
      fn.versions.set(next, { ...fn.latest, description })
      fn.revision += 1
      return next
    },
    shareAlias: async (name, { version, other, weight }, revisionId) => {
      const fn = get(name)
      if (revisionId !== String(fn.alias.revision)) throw refused('PreconditionFailedException')
      if (![version, other].every((one) => fn.versions.has(one))) throw refused('ResourceNotFoundException')
      if (version === other || weight < 0 || weight > 1) throw refused('InvalidParameterValueException')
      fn.alias = { version, revision: fn.alias.revision + 1, shared: { other, weight } }
    },
    moveAlias: async (name, version, revisionId) => {
      const fn = get(name)
      if (revisionId !== String(fn.alias.revision)) throw refused('PreconditionFailedException')
      if (!fn.versions.has(version)) throw refused('ResourceNotFoundException')
      fn.alias = { version, revision: fn.alias.revision + 1 }
    },
    versions: async (name) =>
      [...get(name).versions].map(([version, { description = '' }]) => ({ version, description })),
    removeVersion: async (name, version) => {
      const fn = get(name)
      if ([fn.alias.version, fn.alias.shared?.other].includes(version)) throw refused('ResourceConflictException')
      fn.versions.delete(version)
    },
  }
}

function refused(errorName: string): AwsFailure {
  const message = `AWS refused it: ${errorName}.`
  return new AwsFailure({ code: 'refused', action: 'lambda:Any', errorName, message, next: 'Mend it.' })
}
