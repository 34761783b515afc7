// Not everything can be migrated for sure.
function upload(client: AmazonS3Client, request: PutObjectRequest): PutObjectResponse {
  const ar = client.BeginPutObject(request, null, null);
  while (!ar.IsCompleted) {
    drawSpinner();
  }
  return client.EndPutObject(ar);
}

function remember(client: AmazonS3Client, request: PutObjectRequest): void {
  const ar = client.BeginPutObject(request, null, null);
  pending.push(ar);
  client.EndPutObject(ar);
}

function forget(client: AmazonS3Client, request: PutObjectRequest): void {
  client.BeginPutObject(request, onPut, client);
}

function onPut(ar: IAsyncResult): void {
  Console.WriteLine("Done.");
}
