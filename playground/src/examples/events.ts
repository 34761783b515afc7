class Downloader {
  private readonly client = new WebClient();

  show(address: string): void {
    this.client.add_DownloadStringCompleted((sender, e) => {
      if (e.Cancelled) {
        Console.WriteLine("Cancelled.");
        return;
      }
      if (e.Error !== null) {
        Console.WriteLine("Failed: {0}", e.Error.Message);
        return;
      }
      Console.WriteLine(e.Result);
    });
    this.client.DownloadStringAsync(new Uri(address));
  }
}
