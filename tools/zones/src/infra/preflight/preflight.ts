import type { Cloud } from '../cloud.ts'
import type { Obstacle } from '../find-existing.ts'
import { foreignDatabase, wrongRegion } from './account.ts'
import type { Asked } from './asked.ts'
import { hostedZoneObstacles } from './hosted-zones.ts'
import { fewExecutions, tooLarge } from './limits.ts'
import { gitHubProvider, takenBuckets, takenNames } from './taken.ts'

/**
 * Everything that would stop an application half-way and can be seen before it. Only reads, and tells of all obstacles
 * at once. The account itself is looked at before. @throws AwsFailure
 */
export async function preflight(cloud: Cloud, asked: Asked): Promise<readonly Obstacle[]> {
  const all = await Promise.all([
    wrongRegion(asked),
    tooLarge(asked),
    foreignDatabase(asked),
    hostedZoneObstacles(cloud, asked.stage, asked.facts.hostedZones),
    takenNames(cloud, asked),
    takenBuckets(cloud, asked),
    fewExecutions(cloud, asked),
    gitHubProvider(cloud, asked),
  ])
  return all.flat()
}
