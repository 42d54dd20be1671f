import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FunctionContracts } from '@sax/release'
import type { FunctionRole } from '@sax/topology'
import { z } from 'zod'

/** Versions of the contracts between the parts. */
interface Versions {
  readonly api: number
  readonly userContext: number
}

const version = z.int().positive()

/** The versions that the sources in `workspace` speak, which need not be those of this program. */
export async function contractVersions(workspace: string): Promise<Versions> {
  const from = (path: string): Promise<unknown> => import(pathToFileURL(join(workspace, path)).href)
  const { API_CONTRACT_VERSION: api } = z
    .object({ API_CONTRACT_VERSION: version })
    .parse(await from('packages/api-contract/src/index.ts'))
  const { USER_CONTEXT_VERSION: userContext } = z
    .object({ USER_CONTEXT_VERSION: version })
    .parse(await from('packages/user-context/src/index.ts'))
  return { api, userContext }
}

type Contract = 'api' | 'userContext'

/** Who understands which contract, and who uses it towards whom. */
const spoken: Readonly<
  Partial<
    Record<
      FunctionRole,
      {
        readonly accepts: readonly Contract[]
        readonly speaks: Readonly<Partial<Record<Contract, readonly FunctionRole[]>>>
      }
    >
  >
> = {
  'sleep-connect-server': {
    accepts: ['userContext'],
    speaks: { api: ['outreach-api-routes'], userContext: ['outreach-server', 'outreach-api-routes'] },
  },
  // Its pages ask in the browser, with the token that the host made.
  'outreach-server': { accepts: ['userContext'], speaks: { api: ['outreach-api-routes'] } },
  'outreach-api-routes': {
    accepts: ['api', 'userContext'],
    speaks: { api: ['outreach-api'], userContext: ['outreach-api'] },
  },
  'outreach-api': { accepts: ['api', 'userContext'], speaks: {} },
}

/** A function's contracts as the manifest says them. */
export function contractsOf(role: FunctionRole, versions: Versions): FunctionContracts {
  const { accepts, speaks } = spoken[role] ?? { accepts: [], speaks: {} }
  return {
    accepts: Object.fromEntries(accepts.map((contract) => [contract, [versions[contract]]])),
    speaks: Object.fromEntries(
      (Object.entries(speaks) as [Contract, FunctionRole[]][]).map(([contract, to]) => [
        contract,
        { version: versions[contract], to: [...to] },
      ]),
    ),
  }
}
