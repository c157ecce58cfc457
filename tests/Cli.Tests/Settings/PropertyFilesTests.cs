using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli.Tests;

public sealed class PropertyFilesTests
{
    [Fact]
    public void A_value_can_lie_in_a_file_so_that_it_is_never_typed()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "hunter=2\r\n");
        var pairs = PropertyFiles.Resolve([$"sasl.password.file={path}", "sasl.username=me", $"property.file={path}"]).ToList();
        File.Delete(path);
        Assert.Equal(["sasl.password=hunter=2", "sasl.username=me", $"property.file={path}"], pairs);
    }

    [Theory]
    [InlineData("/no/such/file")]
    [InlineData("/")]
    [InlineData("")]
    public void A_file_that_cannot_be_read_is_a_wrong_configuration_that_names_the_property(string path)
    {
        var error = Assert.Throws<ConfigurationException>(() => PropertyFiles.Resolve([$"sasl.password.file={path}"]).ToList());
        Assert.Equal("--kafka sasl.password.file", error.Where);
    }
}
