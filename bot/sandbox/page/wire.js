// The person's side of the sandbox, as docs/sandbox.md describes it.

async function answered(response) {
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export async function get(path, query = {}) {
  const stated = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return answered(await fetch(`/sandbox/${path}?${new URLSearchParams(stated)}`));
}

export async function post(path, body = {}) {
  return answered(await fetch(`/sandbox/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  }));
}

export async function upload(path, fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== null) form.append(name, value);
  form.append("file", file, file.name);
  return answered(await fetch(`/sandbox/${path}`, { method: "POST", body: form }));
}
