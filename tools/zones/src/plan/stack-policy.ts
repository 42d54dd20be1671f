/**
 * What every stack is told once it exists: nothing in it is replaced or deleted by an update, whoever asks.
 * @source AWS CloudFormation User Guide, "Prevent updates to stack resources"
 */
export const STACK_POLICY = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 'Update:Modify', Principal: '*', Resource: '*' },
    { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: '*' },
  ],
})
