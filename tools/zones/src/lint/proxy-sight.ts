import { includes } from '../paths/path-language.ts'
import type { ProxyProject } from './model.ts'

/** Whether a request for a path reaches the proxy, as far as its matcher says. */
export function seesPath({ matcher, language }: Pick<ProxyProject, 'matcher' | 'language'>, path: string): boolean {
  return matcher.kind === 'everything' || language === undefined || includes(language, path)
}

/** A proxy rewrites, and sees the path: then it may well be the one who carries it. */
export function mayCarry(proxy: ProxyProject | undefined, path: string): boolean {
  return proxy?.carries === 'yes' && seesPath(proxy, path)
}
