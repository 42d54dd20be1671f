import type { DeployedStage } from '@sax/infra/account-facts'
import type { Cloud } from '../cloud.ts'
import type { Obstacle } from '../find-existing.ts'
import { factsOf } from './asked.ts'

/** Each given hosted zone answers for its domain, in public. Without that a certificate waits for ever. @throws AwsFailure */
export async function hostedZoneObstacles(
  { route53, delegation }: Pick<Cloud, 'route53' | 'delegation'>,
  stage: DeployedStage,
  hostedZones: Readonly<Record<string, string>>,
): Promise<readonly Obstacle[]> {
  const found = await Promise.all(
    Object.entries(hostedZones).map(async ([domain, id]): Promise<readonly Obstacle[]> => {
      const zone = await route53.hostedZone(id)
      if (zone === undefined) {
        return [
          {
            why: `The account has no hosted zone ${id}, which is given for ${domain}.`,
            next: `Correct ${factsOf(stage)}; aws route53 list-hosted-zones shows the ids.`,
          },
        ]
      }
      if (zone.domain !== domain) {
        return [{ why: `Hosted zone ${id} is ${zone.domain}, not ${domain}.`, next: `Correct ${factsOf(stage)}.` }]
      }
      if (zone.isPrivate) {
        return [
          {
            why: `Hosted zone ${id} of ${domain} is private: nobody outside can ask it.`,
            next: `Give the public hosted zone of ${domain} in ${factsOf(stage)}.`,
          },
        ]
      }
      const answering = await delegation(domain)
      if (zone.nameServers.some((server) => answering.includes(server))) return []
      const says = answering.length === 0 ? 'names no name server' : `names ${answering.join(', ')}`
      return [
        {
          why: `${domain} is not delegated to its hosted zone: the public DNS ${says}.`,
          next: `Have the registrar of ${domain} name ${zone.nameServers.join(', ')}, and run this again when the change is public.`,
        },
      ]
    }),
  )
  return found.flat()
}
