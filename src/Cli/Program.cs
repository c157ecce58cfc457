using Kafka.Stock.Cli;

return await CommandTree.Build().InvokeWithHouseRulesAsync(args);
