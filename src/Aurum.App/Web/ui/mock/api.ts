export function mockApi(_upstream: string | undefined) {
  return { name: "mock" };
}
