/** What a function is for. Its size, its environment and what it may do follow from that. */
export type FunctionKind = 'host-pages' | 'zone-pages' | 'zone-api-routes' | 'backend' | 'worker' | 'migrations'
