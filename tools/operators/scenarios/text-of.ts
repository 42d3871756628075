/** What a URL answers; throws where it does not. */
export async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
  return response.text();
}
