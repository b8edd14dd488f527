/** The one class of Node's that is used here: the types of Workers leave Node's modules out, workerd has this one. */
declare module "node:async_hooks" {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, work: () => R): R;
    getStore(): T | undefined;
  }
}
