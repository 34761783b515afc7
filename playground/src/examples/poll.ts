function upload(client: AmazonS3Client, request: PutObjectRequest): void {
  let response: PutObjectResponse;
  let asyncResult: IAsyncResult;

  asyncResult = client.BeginPutObject(request, null, null);
  while (!asyncResult.IsCompleted) {
    // Do some work here
  }
  try {
    response = client.EndPutObject(asyncResult);
  } catch (s3Exception) {
    Console.WriteLine("Caught exception calling EndPutObject:");
  }
}
