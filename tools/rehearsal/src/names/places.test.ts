import { expect, test } from 'vitest'
import { type NameFacts, type Place, placeOf } from './places.ts'

const facts: NameFacts = {
  identityProvider: 'Acme.us.auth0.com',
  carrier: 'api.carrier.example',
  region: 'us-east-1',
  distributions: async () => [
    {
      domainName: 'd1.cloudfront.net',
      enabled: true,
      aliases: ['site.example', 'uncovered.example', '*.wild.example'],
      certificateArn: 'of site',
    },
    { domainName: 'd2.cloudfront.net', enabled: false, aliases: ['off.example'], certificateArn: 'of all' },
    { domainName: 'd3.cloudfront.net', enabled: true, aliases: ['plain.example'], certificateArn: undefined },
  ],
  targetOf: async (name) => {
    if (name === 'lost.example') return undefined
    if (name === 'elsewhere.example') return 'server.elsewhere.example'
    if (name === 'stale.example') return 'd9.cloudfront.net'
    return name.startsWith('api') ? 'd-1.execute-api.us-east-1.amazonaws.com' : 'd1.cloudfront.net'
  },
  apiCertificateOf: async (name) =>
    name === 'api.example' ? 'of all' : name === 'api2.example' ? 'of site' : undefined,
  certifiedNames: async (arn) =>
    arn === 'of site' ? ['site.example', '*.wild.example'] : ['api.example', 'off.example', 'stale.example'],
}

test.each<[name: string, place: Place | undefined]>([
  ['site.example', 'front-door'],
  ['a.wild.example', 'front-door'],
  ['d1.cloudfront.net', 'front-door'],
  ['api.example', 'functions'],
  ['abc.lambda-url.us-east-1.on.aws', 'functions'],
  ['abc.execute-api.us-east-1.amazonaws.com', 'functions'],
  ['acme.us.auth0.com', 'identity-provider'],
  ['api.carrier.example', 'carrier'],
])('%s leads to %s', async (name, place) => {
  expect(await placeOf(name, facts)).toBe(place)
})

test.each<[why: string, name: string]>([
  ['DNS has no such name', 'lost.example'],
  ['DNS leads it elsewhere', 'elsewhere.example'],
  ['DNS leads it to a distribution that is gone', 'stale.example'],
  ['no distribution has it', 'other.example'],
  ['the certificate does not cover it', 'uncovered.example'],
  ['the distribution has no certificate', 'plain.example'],
  ['the distribution is off', 'off.example'],
  ['the star is one label', 'b.a.wild.example'],
  ['the distribution itself is off', 'd2.cloudfront.net'],
  ['it is in another region', 'abc.lambda-url.eu-west-1.on.aws'],
  ['no API has it', 'api3.example'],
  ['the certificate of the API does not cover it', 'api2.example'],
  ['it is below a name of AWS', 'a.b.execute-api.us-east-1.amazonaws.com'],
])('D11: nothing answers where %s', async (_why, name) => {
  expect(await placeOf(name, facts)).toBeUndefined()
})
