/** What answers under a name. */
export type Place = 'front-door' | 'functions' | 'identity-provider' | 'carrier'

/** A distribution, as far as names go. */
export interface NamedDistribution {
  readonly domainName: string
  readonly enabled: boolean
  readonly aliases: readonly string[]
  /** Absent: CloudFront's own, which covers no alias. */
  readonly certificateArn: string | undefined
}

/** What the world knows about names. */
export interface NameFacts {
  /** Name of the identity provider, which is somebody else's. */
  readonly identityProvider: string
  /** The same of the carrier's API. */
  readonly carrier: string
  readonly region: string
  readonly distributions: () => Promise<readonly NamedDistribution[]>
  /** What DNS leads the name to: a domain name of AWS's. Undefined: no record, or one that leads elsewhere. */
  readonly targetOf: (name: string) => Promise<string | undefined>
  /** Certificate of an API's own domain; undefined: there is no such domain. */
  readonly apiCertificateOf: (name: string) => Promise<string | undefined>
  /** Names that an issued certificate covers; none when it is not issued. */
  readonly certifiedNames: (certificateArn: string) => Promise<readonly string[]>
}

/**
 * What answers under a name, or undefined: DNS has no such name, or what it leads to does not have it, or has no
 * certificate for it. Names in AWS's own zones need neither a record nor a certificate of ours.
 * @source AWS CloudFront Developer Guide, "Use custom URLs by adding alternate domain names (CNAMEs)"; AWS API Gateway
 * Developer Guide, "Custom domain names for HTTP APIs"
 */
export async function placeOf(name: string, facts: NameFacts): Promise<Place | undefined> {
  const { identityProvider, carrier, region, distributions, targetOf, apiCertificateOf, certifiedNames } = facts
  if (name === identityProvider.toLowerCase()) return 'identity-provider'
  if (name === carrier) return 'carrier'
  if (isOneBelow(name, `lambda-url.${region}.on.aws`)) return 'functions'
  if (isOneBelow(name, `execute-api.${region}.amazonaws.com`)) return 'functions'
  const isKnown = async (domainName: string) =>
    (await distributions()).some((one) => one.enabled && one.domainName === domainName)
  if (isOneBelow(name, 'cloudfront.net')) return (await isKnown(name)) ? 'front-door' : undefined

  const target = await targetOf(name)
  if (target === undefined) return undefined
  const covers = async (arn: string | undefined) =>
    arn !== undefined && (await certifiedNames(arn)).some((one) => isCovered(name, one))
  if (isOneBelow(target, 'cloudfront.net')) {
    const having = (await distributions()).find(
      ({ enabled, aliases }) => enabled && aliases.some((alias) => isCovered(name, alias.toLowerCase())),
    )
    return (await isKnown(target)) && (await covers(having?.certificateArn)) ? 'front-door' : undefined
  }
  if (target.endsWith(`.execute-api.${region}.amazonaws.com`)) {
    return (await covers(await apiCertificateOf(name))) ? 'functions' : undefined
  }
  return undefined
}

function isOneBelow(name: string, zone: string): boolean {
  return name.endsWith(`.${zone}`) && !name.slice(0, -zone.length - 1).includes('.')
}

/** The star of a certificate is one label. */
function isCovered(name: string, pattern: string): boolean {
  if (name === pattern) return true
  return pattern.startsWith('*.') && isOneBelow(name, pattern.slice(2))
}
