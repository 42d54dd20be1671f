import { apiName } from '@sax/infra/names'
import { stages } from '@sax/topology'
import type { StatusItem } from '../../plan/status-item.ts'
import type { Seen } from './seen.ts'

/** The backend's API: whether it is there, under the stage path, and under the address the topology tells everybody. */
export async function apiItems({ cloud: { httpApis }, stage, apply }: Seen): Promise<readonly StatusItem[]> {
  const { hostname, pathname } = new URL(stages[stage].apiBaseUrl)
  const path = pathname.slice(1)
  const name = apiName(stage)
  const item = { group: 'API', name } as const
  const found = await httpApis.named(name)
  const [api] = found
  if (api === undefined) return [{ ...item, standing: 'missing', findings: [], next: apply }]
  const findings = [
    ...(found.length > 1 ? [`there are ${found.length} of this name`] : []),
    ...((await httpApis.stageNames(api.id)).includes(path) ? [] : [`has no stage "${path}"`]),
  ]
  const own: StatusItem = {
    ...item,
    standing: findings.length === 0 ? 'right' : 'wrong',
    findings,
    next: findings.length === 0 ? '' : apply,
  }
  return [own, await addressItem(hostname, path, api, httpApis, stage, apply)]
}

async function addressItem(
  hostname: string,
  path: string,
  api: { readonly id: string; readonly endpoint: string },
  httpApis: Seen['cloud']['httpApis'],
  stage: Seen['stage'],
  apply: string,
): Promise<StatusItem> {
  const item = { group: 'API', name: `https://${hostname}/${path}` } as const
  if (hostname.endsWith('.amazonaws.com')) {
    if (new URL(api.endpoint).hostname === hostname) return { ...item, standing: 'right', findings: [], next: '' }
    return {
      ...item,
      standing: 'wrong',
      findings: [`is another API than this stack's, which answers at ${api.endpoint}/${path}`],
      next: `Set apiBaseUrl of ${stage} in packages/topology/src/stages.ts to that address; probes and checks ask there. The site's functions do already.`,
    }
  }
  const mapped = (await httpApis.mappings(hostname)).find((one) => one.path === path)
  if (mapped === undefined) return { ...item, standing: 'missing', findings: [], next: apply }
  if (mapped.apiId === api.id && mapped.stage === path) return { ...item, standing: 'right', findings: [], next: '' }
  return {
    ...item,
    standing: 'wrong',
    findings: [`leads to API ${mapped.apiId}, stage "${mapped.stage}"`],
    next: apply,
  }
}
