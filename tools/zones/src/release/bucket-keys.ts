/** Where things lie in a stage's bucket of releases. */
export const LOCK_KEY = 'lock.json'
export const LIVE_KEY = 'live.json'
export const WORK_KEY = 'work.json'
export const RECORDS = 'records/'

/** The one file of an artefact that is written last: where it is, everything is. */
export const manifestKey = (digest: string) => `artefacts/${digest}/manifest.json`
export const artefactFileKey = (digest: string, file: string) => `artefacts/${digest}/files/${file}`
export const gateKey = (digest: string, gate: string) => `gates/${digest}/${gate}.json`

/** `records/20261128T161200Z-1.4.0-0123456789ab-k3j2h1.json`: names sort by time. */
export function recordKey(startedAt: string, release: string, run: string): string {
  const time = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '')
  return `${RECORDS}${time}-${release}-${run}.json`
}
