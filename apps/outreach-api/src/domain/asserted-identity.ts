import { isUuid, parseSaxId, type UserContext } from '@sax/user-context'

type HeaderReader = Pick<Headers, 'get'>

/** True when the request says which tenant it is for. One that does not has come around the zone. */
export function namesTenant(headers: HeaderReader): boolean {
  return isUuid(headers.get('x-tenant-id'))
}

/** Whether what the headers assert agrees with the token. The token decides; a contradiction is never resolved. */
export function agreesWith(headers: HeaderReader, { tenantId, practiceId, saxId }: UserContext): boolean {
  const same = (name: string, value: string) => {
    const asserted = headers.get(name)
    return asserted === null || asserted.toLowerCase() === value
  }
  const samePerson = (name: string) => {
    const asserted = headers.get(name)
    return asserted === null || parseSaxId(asserted) === saxId
  }
  return (
    same('x-tenant-id', tenantId) &&
    same('x-practice-id', practiceId) &&
    ['x-coordinator-sax-id', 'x-user-sax-id', 'x-sax-id'].every(samePerson)
  )
}
