/** Stands for a value that is known only once resources are made. @source observed by others in DescribeChangeSet: aws-cloudformation/cloudformation-coverage-roadmap issue 2113 */
export const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}'
