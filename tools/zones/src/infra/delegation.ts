import { Resolver } from 'node:dns/promises'

/** What a resolver says of a domain that has no name servers, or that nobody knows. @source Node.js documentation, "DNS: Error codes" */
const NONE = ['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'NXDOMAIN']

/**
 * Name servers that the public DNS has for a domain, sorted. Empty: it has none.
 * @param server `address:port` to ask in place of the machine's own resolvers
 * @throws Error when no resolver answers
 */
export function createDelegation(server: string | undefined): (domain: string) => Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: 5_000, tries: 3 })
  if (server !== undefined) resolver.setServers([server])
  return async (domain) => {
    try {
      return (await resolver.resolveNs(domain)).map((name) => name.replace(/\.$/, '').toLowerCase()).toSorted()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (NONE.includes(code)) return []
      throw error
    }
  }
}
