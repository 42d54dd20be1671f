import { handshakeOf, type Probe } from './probe.ts'

/** Days before its end at which a certificate should long have been renewed. @source AWS Certificate Manager User Guide, "Managed certificate renewal": begins 60 days before the end */
const LEAST_DAYS = 30

/** Every public name speaks TLS 1.2 or later, with a certificate of its own that does not end soon. */
export function tlsProbes(names: readonly string[]): readonly Probe[] {
  return names.map((name) => ({
    id: `tls.${name}`,
    group: 'tls',
    title: `${name} has a certificate for that name and speaks TLS 1.2 or later alone`,
    incidents: ['D11'],
    *course() {
      const { protocol, distrust, daysLeft, oldAccepted } = yield* handshakeOf(name)
      return [
        ...(distrust === undefined ? [] : [`${name}: the certificate is not good for it (${distrust})`]),
        ...(daysLeft >= LEAST_DAYS
          ? []
          : [`${name}: the certificate ends in ${Math.floor(daysLeft)} days, at least ${LEAST_DAYS} are owed`]),
        ...(/^TLSv1\.[23]$/.test(protocol) ? [] : [`${name}: speaks ${protocol}`]),
        ...oldAccepted.map((old) => `${name}: accepts ${old}`),
      ]
    },
  }))
}
